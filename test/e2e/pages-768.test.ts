import { everyPage } from './support/every-page.ts';

everyPage(768, 'dark');
