export { publicationOf, publicationToJson, type Publication } from './publication';
export { publish } from './publish';
