export { reportToHtml } from './report';
