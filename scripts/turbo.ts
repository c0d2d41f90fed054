/** Runs a task of turbo.json in every workspace that has it: `node scripts/turbo.ts build`. Sends no telemetry. */
import { runCommand } from './run-command.ts';

const { status } = await runCommand('turbo', ['run', ...process.argv.slice(2)], { show: true });
process.exitCode = status;
