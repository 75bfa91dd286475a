import { benchAccess } from './access/bench-access';
import { benchWriter } from './writer/bench-writer';

const BENCHES: Readonly<Record<string, (args: readonly string[]) => Promise<void>>> = {
  access: benchAccess,
  writer: benchWriter,
};

async function main(): Promise<void> {
  const [name = '', ...args] = process.argv.slice(2);
  const bench = BENCHES[name];
  if (bench === undefined) {
    console.error(`Usage: npm run bench -- ${Object.keys(BENCHES).join(' | ')}`);
    process.exitCode = 2;
    return;
  }
  await bench(args);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
