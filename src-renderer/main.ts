import './without-eval';
import './app.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { app } from './app-state.svelte';
import { warmUpCharts } from './charts/warm-up';
import { searchScreen } from './features/search/search.svelte';

const target = document.getElementById('app');
if (target === null) throw new Error('index.html has no #app');
app.connect();
searchScreen.connect();
mount(App, { target });
void app.restore();
warmUpCharts();
