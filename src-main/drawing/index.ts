export { forecastToSvg } from './forecast-svg';
export { hindcastToSvg } from './hindcast-svg';
export { escapeXml } from './svg';
