import './without-eval';
import './app.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { app } from './app-state.svelte';

const target = document.getElementById('app');
if (target === null) throw new Error('index.html has no #app');
app.connect();
mount(App, { target });
void app.restore();
