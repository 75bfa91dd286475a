import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { readConfig } from '../config/load';
import { createLog } from '../config/log';
import { Narrator } from '../demo/narrator';
import type { Stage } from '../demo/story';
import { Failure } from './failure';
import { openInstallation, type Installation } from './installation';

/** `palisade demo`: the story behind the product, on a real server that is gone afterwards. */
export function demoCommand(): Command {
  return new Command('demo')
    .description('Play the story of Palisade on a real server in a temporary folder.')
    .action(demo);
}

async function demo(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'palisade-demo-'));
  try {
    await play(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function play(dataFolder: string): Promise<void> {
  const settings = { dataFolder, port: '0', metricsPort: '0', logLevel: 'fatal' };
  const config = readConfig({ flags: settings, environment: {} });
  const log = createLog(config.logLevel);
  const [installation, { startServer }, { tellStory }] = await Promise.all([
    openInstallation(config, log),
    import('../server.js'),
    import('../demo/story.js'),
  ]);
  try {
    const admin = await foundOrganization(installation);
    const server = await startServer(installation, config, log);
    try {
      const stage: Stage = { url: server.url, clock: installation.clock, ...admin };
      await tellStory(new Narrator(console.log), stage);
    } finally {
      await server.drain();
    }
  } finally {
    await installation.close();
  }
}

async function foundOrganization(
  installation: Installation,
): Promise<Pick<Stage, 'organizationId' | 'adminToken'>> {
  const outcome = await installation.writer.submit({
    mutation: 'organizationCreate',
    caller: { kind: 'INSTALLATION' },
    input: { slug: 'demo', name: 'Demo', adminName: 'Administrator' },
    idempotencyKey: null,
    correlationId: randomUUID(),
  });
  const organizationId = outcome.kind === 'DONE' ? outcome.ids['organizationId'] : null;
  if (outcome.kind !== 'DONE' || outcome.secret === null || typeof organizationId !== 'string') {
    throw new Failure('The organization of the story could not be made.');
  }
  return { organizationId, adminToken: outcome.secret };
}
