import { benchWriter } from './writer/bench-writer';

const BENCHES: Readonly<Record<string, () => Promise<void>>> = { writer: benchWriter };

async function main(): Promise<void> {
  const [name = ''] = process.argv.slice(2);
  const bench = BENCHES[name];
  if (bench === undefined) {
    console.error(`Usage: npm run bench -- ${Object.keys(BENCHES).join(' | ')}`);
    process.exitCode = 2;
    return;
  }
  await bench();
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
