import { describe, expect, it } from 'vitest';
import { openMetrics } from './metrics.ts';

describe('the figures', () => {
  it('have no label that a caller can make up', async () => {
    const metrics = openMetrics();
    for (let i = 0; i < 50; i += 1) {
      metrics.begin();
      metrics.end(`MADEUP${i}`, '/v1/me', 404, 0.001);
    }
    const text = await metrics.registry.metrics();
    expect(text).toContain('http_requests_total{method="OTHER",route="/v1/me",status="404"} 50');
    expect(text).not.toContain('MADEUP');
    expect(text).toContain('http_requests_in_flight 0');
  });

  it('of two servers in one process are apart, and those asked for are read when asked', async () => {
    let streams = 1;
    const [one, two] = [openMetrics({ live_streams: () => streams }), openMetrics()];
    one.begin();
    streams = 7;
    expect(await one.registry.metrics()).toContain('live_streams 7');
    expect(await two.registry.metrics()).toContain('http_requests_in_flight 0');
  });
});
