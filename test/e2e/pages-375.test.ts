import { everyPage } from './support/every-page.ts';

everyPage(375, 'light');
