export { forecastToSvg } from './forecast-svg';
export { hindcastToSvg } from './hindcast-svg';
export { mapToSvg } from './map-svg';
export { escapeXml } from './svg';
