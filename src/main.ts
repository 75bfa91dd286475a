#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { accessCommand } from './cli/access';
import { backupCommand } from './cli/backup';
import { configCommand } from './cli/config';
import { MISUSED, report } from './cli/failure';
import { demoCommand } from './cli/demo';
import { healthcheckCommand } from './cli/healthcheck';
import { initCommand } from './cli/init';
import { restoreCommand } from './cli/restore';
import { schemaCommand } from './cli/schema';
import { serveCommand } from './cli/serve';
import { tokenCommand } from './cli/token';
import { viewsCommand } from './cli/views';

/** Everything that the program makes is for its owner only: databases, backups, sockets. */
const OTHERS = 0o077;

async function main(): Promise<void> {
  process.umask(OTHERS);
  // Whoever reads the output may have enough of it, as `head` does.
  process.stdout.on('error', () => process.exit());
  const { version } = JSON.parse(readFileSync(join(__dirname, '..', 'package.json'), 'utf8')) as {
    readonly version: string;
  };
  const program = new Command('palisade')
    .description('Access control for CI agents: who may reach which agent, proven and remembered.')
    .version(version)
    .showHelpAfterError('Run it with --help to see what it takes.');
  const commands = [
    serveCommand(),
    initCommand(),
    tokenCommand(),
    viewsCommand(),
    accessCommand(),
    backupCommand(),
    restoreCommand(),
    schemaCommand(),
    configCommand(),
    demoCommand(),
    healthcheckCommand(),
  ];
  for (const command of commands) program.addCommand(command);
  throwRatherThanExit(program);
  try {
    await program.parseAsync();
  } catch (error) {
    // Commander has printed why by itself.
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : MISUSED;
    else report(error);
  }
}

function throwRatherThanExit(command: Command): void {
  command.exitOverride();
  command.commands.forEach(throwRatherThanExit);
}

void main();
