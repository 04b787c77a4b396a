import { describe, expect, it } from 'vitest';
import { anchor, cell, code, paragraphs, prose, table, text } from './markdown.ts';

describe('text', () => {
  it('escapes what markdown and HTML would take for markup', () => {
    expect(text('a|b *c* <d> snake_case & [e] `f`')).toBe(
      'a\\|b \\*c\\* &lt;d&gt; snake\\_case &amp; \\[e\\] \\`f\\`',
    );
  });
  it('puts everything on one line', () => expect(text(' a\n  b ')).toBe('a b'));
});

describe('code', () => {
  it('keeps pipes outside tables and escapes them inside', () => {
    expect(code("a || 'b'")).toBe("`a || 'b'`");
    expect(cell("a || 'b'").markdown).toBe("`a \\|\\| 'b'`");
  });
  it('takes a longer fence round backticks', () => expect(code('a`b')).toBe('`` a`b ``'));
  it('is empty for nothing', () => expect(code('  ')).toBe(''));
});

describe('prose', () => {
  it('keeps code of a doc comment and escapes the rest', () => {
    expect(prose('set `a_b` | c_d')).toBe('set `a_b` \\| c\\_d');
  });
  it('begins a paragraph where a line begins after a sentence', () => {
    expect(paragraphs('One line\ngoes on.\nTwo.')).toEqual(['One line goes on.', 'Two.']);
  });
});

describe('table', () => {
  it('has as many cells in every line, whatever the cells hold', () => {
    const lines = table(['A', 'B'], [['x|y', cell('p|q')]]).split('\n');
    expect(lines.map((line) => line.replaceAll('\\|', '').split('|').length)).toEqual([4, 4, 4]);
  });
});

it('derives anchors of headings as forges do', () => {
  expect(anchor('Expense & Tax module')).toBe('expense--tax-module');
  expect(anchor('MarketplaceTool')).toBe('marketplacetool');
});
