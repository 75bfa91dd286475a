import { execFileSync, spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * FS_IOC_SHUTDOWN with EXT4_GOING_FLAGS_NOLOGFLUSH: from now on nothing reaches the disk, not even
 * the file system's own journal. Waits for its cue, so that a cut takes effect within microseconds.
 */
const CUT = `
import fcntl, os, struct, sys
print('armed', flush=True)
if sys.stdin.readline():
    fcntl.ioctl(os.open(sys.argv[1], os.O_RDONLY), 0x8004587D, struct.pack('I', 2))
`;

/** Those that are not removed yet. */
const disks = new Set<LoopDisk>();

/** `describe`, where this machine can mount disks of its own; elsewhere a notice says why not. */
export function whereDisksCanBeMounted(name: string, tests: () => void): void {
  const hindrance = hindranceOfMounting();
  if (hindrance === null) {
    describe(name, () => {
      // Also of a test that ran out of time, whose own cleaning up never comes.
      afterAll(() => {
        for (const disk of disks) disk.remove();
      });
      tests();
    });
    return;
  }
  process.stderr.write(`\nSKIPPED: ${name}: no disk can be mounted here: ${hindrance}.\n`);
  describe.skip(name, tests);
}

function hindranceOfMounting(): string | null {
  if (process.platform !== 'linux') return 'only Linux has the loop devices it needs';
  if (process.getuid?.() !== 0) return 'only root may mount';
  if (!existsSync('/dev/loop-control')) return 'there are no loop devices';
  for (const [tool, argument] of [
    ['mkfs.ext4', '-V'],
    ['mount', '--version'],
    ['python3', '--version'],
  ] as const) {
    try {
      execFileSync(tool, [argument], { stdio: 'ignore' });
    } catch {
      return `there is no ${tool}`;
    }
  }
  try {
    new LoopDisk(4).remove();
  } catch (error) {
    return error instanceof Error ? error.message : 'a trial mount failed';
  }
  return null;
}

/** An ext4 file system in a file, mounted; its power can be cut. `remove` it whatever happens. */
export class LoopDisk {
  /** Where it is mounted. */
  readonly folder: string;
  readonly #home = mkdtempSync(join(tmpdir(), 'palisade-disk-'));
  readonly #image = join(this.#home, 'image');
  #mounted = false;

  constructor(mebibytes: number) {
    disks.add(this);
    this.folder = join(this.#home, 'mounted');
    try {
      mkdirSync(this.folder);
      writeFileSync(this.#image, '');
      truncateSync(this.#image, mebibytes * 1024 * 1024);
      run('mkfs.ext4', '-q', '-F', this.#image);
      this.mount();
    } catch (error) {
      this.remove();
      throw error;
    }
  }

  mount(): void {
    run('mount', '-o', 'loop', this.#image, this.folder);
    this.#mounted = true;
  }

  /** Also gives the loop device back. Nothing may have a file of the disk open. */
  unmount(): void {
    run('umount', this.folder);
    this.#mounted = false;
  }

  /** Makes ready to cut the power; the function returned cuts it and resolves once it is off. */
  async arm(): Promise<() => Promise<void>> {
    const child = spawn('python3', ['-c', CUT, this.folder]);
    await once(child.stdout, 'data');
    return async () => {
      child.stdin.end('\n');
      await ended(child);
    };
  }

  /** Takes the disk away even if something still has a file of it open. */
  remove(): void {
    disks.delete(this);
    if (this.#mounted) run('umount', '--lazy', this.folder);
    this.#mounted = false;
    rmSync(this.#home, { recursive: true, force: true });
  }
}

async function ended(child: ChildProcessWithoutNullStreams): Promise<void> {
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`the power could not be cut: ${complaint}`);
}

function run(tool: string, ...args: string[]): void {
  execFileSync(tool, args, { stdio: ['ignore', 'ignore', 'pipe'] });
}
