export { installContextKey, installContextKeys } from './install.ts';
export { contextKeys, type KeySource, watchKeys } from './key-source.ts';
export { type Rotation, rotateKeys } from './rotate.ts';
export { asOwner, type KeyRow, readKeys } from './rows.ts';
