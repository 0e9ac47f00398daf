import './without-eval';
import './app.css';
import { mount } from 'svelte';
import { stackOf, watchUnexpected } from '../src-main/contract/problems';
import App from './App.svelte';
import { app } from './app-state.svelte';
import { warmUpCharts } from './charts/warm-up';
import { brokerPanel } from './features/broker/broker.svelte';
import { fleetScreen } from './features/fleet/fleet.svelte';
import { searchScreen } from './features/search/search.svelte';

const target = document.getElementById('app');
if (target === null) throw new Error('index.html has no #app');
// The main process takes it from the console into the log.
// eslint-disable-next-line no-console
watchUnexpected((error) => console.error(stackOf(error)));
app.connect();
searchScreen.connect();
fleetScreen.connect();
brokerPanel.connect();
mount(App, { target });
void app.restore();
warmUpCharts();
