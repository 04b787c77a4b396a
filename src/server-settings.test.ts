import { describe, expect, it } from 'vitest';
import { serverSettings } from './server-settings.ts';

const read = (env: Record<string, string>) => {
  const faults: string[] = [];
  return { settings: serverSettings((name) => env[name], faults), faults };
};

describe('the settings of the server', () => {
  it('are all there when none is told', () => {
    const { settings, faults } = read({});
    expect(faults).toEqual([]);
    expect(settings).toMatchObject({
      host: '127.0.0.1',
      port: 4000,
      portPrescribed: false,
      corsOrigins: [],
      proxies: 0,
      workers: 4,
    });
  });

  it('tell all their faults at once, by name and with the remedy', () => {
    const { faults } = read({
      PORT: '70000',
      TRUSTED_PROXIES: '-1',
      WORKER_CONCURRENCY: '1e3',
      LOG_LEVEL: 'loud',
      CORS_ORIGINS: 'https://ok.example, *, https://app.example/path, app.example, null',
    });
    expect(faults.map((fault) => fault.split(':')[0])).toEqual([
      'LOG_LEVEL',
      'CORS_ORIGINS',
      'CORS_ORIGINS',
      'CORS_ORIGINS',
      'CORS_ORIGINS',
      'PORT',
      'TRUSTED_PROXIES',
      'WORKER_CONCURRENCY',
    ]);
    for (const fault of faults) expect(fault).toMatch(/Give |Write /);
  });

  it('take numbers as numbers are written', () => {
    for (const PORT of ['', ' 80', '0x50', '80.0', '٨٠', '0'])
      expect(read({ PORT }).faults, PORT).toHaveLength(1);
    expect(read({ PORT: '65535', WORKER_CONCURRENCY: '0' }).settings).toMatchObject({
      port: 65535,
      workers: 0,
    });
  });
});
