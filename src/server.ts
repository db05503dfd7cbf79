import { startServer } from './start.ts';
import { ConfigError, configFromEnvironment } from './platform/config.ts';

try {
  await startServer(configFromEnvironment());
} catch (error) {
  const line = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${error instanceof ConfigError ? 'Setting' : 'Start failed'}: ${line}\n`);
  process.exit(1);
}
