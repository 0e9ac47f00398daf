export { fleetToHtml } from './fleet-report';
export { reportToHtml } from './report';
