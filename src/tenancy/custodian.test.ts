import { describe, expect, it } from 'vitest';
import { sparingCustodian } from './custodian.ts';

describe('a trigger that spares the custodian', () => {
  const spared = (sql: string) => sparingCustodian(sql, 'lotline_custodian').replaceAll(/\s+/g, ' ');

  it('gets a condition', () => {
    expect(spared('CREATE TRIGGER t BEFORE INSERT ON x FOR EACH ROW EXECUTE FUNCTION app.f();')).toBe(
      "CREATE TRIGGER t BEFORE INSERT ON x FOR EACH ROW WHEN (current_user <> 'lotline_custodian') EXECUTE FUNCTION app.f();",
    );
  });

  it('keeps the condition that it has', () => {
    expect(
      spared('CREATE TRIGGER t AFTER UPDATE ON x FOR EACH ROW WHEN (NEW.a OR (b())) EXECUTE PROCEDURE f();'),
    ).toContain("WHEN (current_user <> 'lotline_custodian' AND (NEW.a OR (b()))) EXECUTE PROCEDURE f();");
  });

  it('stays as it is on a view, where a trigger takes no condition', () => {
    const sql = 'CREATE TRIGGER t INSTEAD OF INSERT ON v FOR EACH ROW EXECUTE FUNCTION f();';
    expect(sparingCustodian(sql, 'lotline_custodian')).toBe(sql);
  });
});
