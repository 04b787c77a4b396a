import type { Model } from '../../api/client.ts';
import { collection } from '../../api/collection.ts';

export const contacts = collection<'Contact'>('contacts');
export const leads = collection<'Lead'>('leads');
export const deals = collection<'Deal'>('deals');
export const listings = collection<'Listing'>('listings');
export const appointments = collection<'Appointment'>('appointments');
export const activities = collection<'Activity'>('activities');

export type Contact = Model<'Contact'>;
export type Lead = Model<'Lead'>;
export type Deal = Model<'Deal'>;
export type Listing = Model<'Listing'>;
export type Appointment = Model<'Appointment'>;
export type Activity = Model<'Activity'>;
