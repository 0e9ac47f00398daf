export { publicationOf, publicationToJson, type Publication } from './publication';
export { publish, publishOneWay } from './publish';
