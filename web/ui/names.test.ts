import { expect, it } from 'vitest';
import { fieldTitle, modelTitle, moduleTitle } from './names.ts';

it.each([
  ['TransactionLoop', 'Transaction loop'],
  ['REIDMarketData', 'REID market data'],
  ['AITool', 'AI tool'],
  ['User', 'User'],
])('the model %s is called “%s”', (name, title) => expect(modelTitle(name)).toBe(title));

it.each([
  ['assignedToId', 'Assigned to'],
  ['createdAt', 'Created at'],
  ['id', 'Id'],
  ['name', 'Name'],
])('the field %s is called “%s”', (name, title) => expect(fieldTitle(name)).toBe(title));

it.each([
  ['crm', 'CRM'],
  ['expense-tax', 'Expense & Tax'],
])('the module %s is called “%s”', (name, title) => expect(moduleTitle(name)).toBe(title));
