import { everyPage } from './support/every-page.ts';

everyPage(1280, 'light');
