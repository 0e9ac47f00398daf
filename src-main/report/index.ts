export type { ReportContent } from './content';
export { reportToHtml } from './report';
