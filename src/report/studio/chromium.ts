import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Browser } from 'playwright-core';
import { LotlineError } from '../../errors.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const ELSEWHERE = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/**
 * Starts a Chromium without window: the system's, else the one that comes with the dependencies. Works as root.
 * @throws LotlineError `CHROMIUM_FAILED`
 */
export async function openChromium(): Promise<Browser> {
  try {
    const { chromium } = await import('playwright-core');
    const installed = systemChromium();
    // Its own sandbox refuses root; it is shown nothing but Studio on this machine.
    if (installed) return await chromium.launch({ executablePath: installed, args: ['--no-sandbox'] });
    const { default: packed } = await import('@sparticuz/chromium');
    return await chromium.launch({ executablePath: await packed.executablePath(), args: packed.args });
  } catch (error) {
    throw new LotlineError(
      'CHROMIUM_FAILED',
      `Chromium did not start: ${error instanceof Error ? error.message : String(error)}`,
      'install Chromium (apt-get install chromium), or leave --full out',
      { cause: error },
    );
  }
}

/** Where the Chromium is that {@link openChromium} starts. */
export async function chromiumPath(): Promise<string> {
  return systemChromium() ?? (await import('@sparticuz/chromium')).default.executablePath();
}

function systemChromium(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const candidates = [...NAMES.flatMap((name) => folders.map((folder) => join(folder, name))), ...ELSEWHERE];
  return candidates.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
