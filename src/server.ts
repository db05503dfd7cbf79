import { setFlagsFromString } from 'node:v8';
import { startServer } from './start.ts';
import { ConfigError, configFromEnvironment } from './platform/config.ts';

// Garbage is collected after a fifth of growth rather than once the heap has doubled: a third less memory for a
// fiftieth more work. The rest of it is `--max-semi-space-size` in the start script: it cannot be set from within.
setFlagsFromString('--heap-growing-percent=20');

try {
  await startServer(configFromEnvironment());
} catch (error) {
  const line = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${error instanceof ConfigError ? 'Setting' : 'Start failed'}: ${line}\n`);
  process.exit(1);
}
