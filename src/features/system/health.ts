import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { RequestHandler } from 'express';
import type { CodeMeters } from '../trace/contract.ts';

/** What `/metrics` tells, in Prometheus' text format. Label values come from our own routes, never from a path. */
export type Metrics = {
  readonly registry: Registry;
  readonly observe: RequestHandler;
  readonly codes: CodeMeters;
};

function codeMeters(registry: Registry): CodeMeters {
  const registers = [registry];
  const checks = new Counter({
    name: 'nguon_code_checks_total',
    help: 'Codes checked, by verdict',
    labelNames: ['result'] as const,
    registers,
  });
  const limited = new Counter({
    name: 'nguon_code_tries_limited_total',
    help: 'Checks refused because too many codes were not found',
    registers,
  });
  const misses = new Gauge({
    name: 'nguon_unknown_codes_this_minute',
    help: 'Codes not found in the minute that is running',
    registers,
  });
  const alarm = new Gauge({
    name: 'nguon_unknown_codes_alarm',
    help: '1 while more codes are not found in a minute than people mistype',
    registers,
  });
  return {
    checked: (result) => {
      checks.inc({ result });
    },
    limited: () => {
      limited.inc();
    },
    misses: (thisMinute, isAlarm) => {
      misses.set(thisMinute);
      alarm.set(isAlarm ? 1 : 0);
    },
  };
}

/** The counters of one process and the middleware that keeps them. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'nguon_' });
  const requests = new Counter({
    name: 'nguon_http_requests_total',
    help: 'Requests answered, by route and status class',
    labelNames: ['method', 'route', 'status'] as const,
    registers: [registry],
  });
  const seconds = new Histogram({
    name: 'nguon_http_request_seconds',
    help: 'Time to answer, by route',
    labelNames: ['route'] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  });
  const underWay = new Gauge({
    name: 'nguon_http_requests_under_way',
    help: 'Requests being answered now',
    registers: [registry],
  });
  const observe: RequestHandler = (request, response, next) => {
    const stop = seconds.startTimer();
    underWay.inc();
    response.once('close', () => {
      underWay.dec();
      const route = (response.locals['route'] as string | undefined) ?? 'other';
      stop({ route });
      requests.inc({ method: request.method, route, status: `${Math.floor(response.statusCode / 100)}xx` });
    });
    next();
  };
  return { registry, observe, codes: codeMeters(registry) };
}
