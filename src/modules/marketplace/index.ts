export { idsByName, seedCatalogue } from './catalogue.ts';
export { type CatalogueIds, marketplaceRows, recountCatalogue } from './seed.ts';
