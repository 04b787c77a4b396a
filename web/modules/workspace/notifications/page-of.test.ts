import { expect, it } from 'vitest';
import { pageOf } from './page-of.ts';

it.each([
  [{ entityType: 'lead', entityId: '1', actionUrl: '/leads' }, 'leads/1'],
  [{ entityType: 'transaction_loop', entityId: '2', actionUrl: null }, 'transactions/2'],
  [{ entityType: 'appointment', entityId: '3', actionUrl: null }, 'calendar'],
  [{ entityType: null, entityId: null, actionUrl: '/projects' }, 'projects'],
  [{ entityType: null, entityId: null, actionUrl: 'https://elsewhere.example' }, undefined],
  [{ entityType: null, entityId: null, actionUrl: 'javascript:alert(1)' }, undefined],
  [{ entityType: 'unknown', entityId: '4', actionUrl: null }, undefined],
])('a notification of %j leads to %s', (told, page) => expect(pageOf(told)).toBe(page));
