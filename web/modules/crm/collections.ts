import type { Model } from '../../api/client.ts';
import { collection } from '../../api/collection.ts';

export const contacts = collection<'Contact'>('contacts');
export type Contact = Model<'Contact'>;
