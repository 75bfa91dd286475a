import { closeSync, fsyncSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from './failure';

/** Where whoever made the first organization learns the token of its ADMIN. */
export interface FirstTokenPlace {
  /** Keeps the token if that is due, and gives the lines that tell it, or where it is. */
  readonly tell: (token: string) => readonly string[];
  /** There is no token after all. */
  readonly giveUp: () => void;
}

const NAME = 'first-admin-token';
const OWNER_ONLY = 0o600;

/** Tells the token itself: on a terminal a person reads it, and nothing keeps it. */
const TERMINAL: FirstTokenPlace = {
  tell: (token) => [
    "The ADMIN's API token. It is shown only now:",
    '',
    `  export PALISADE_TOKEN=${token}`,
    '',
  ],
  giveUp: () => undefined,
};

/**
 * Prepares a place for the token: what is printed, or a new file in the data folder for its owner
 * only, since an output that is no terminal ends up in logs and stays there. Prepared before there
 * is a token, so that none is made that nobody can be told. Throws Failure if the file cannot be
 * made, also because one with something in it is there already.
 */
export function prepareFirstToken(folder: string, printed: boolean): FirstTokenPlace {
  if (printed) return TERMINAL;
  const path = join(folder, NAME);
  // Left by a process that was killed before it had anything to write.
  if (statSync(path, { throwIfNoEntry: false })?.size === 0) rmSync(path);
  let file: number;
  try {
    file = openSync(path, 'wx', OWNER_ONLY);
  } catch {
    throw new Failure(`The file ${path} cannot be made. If there is one already, move it away.`);
  }
  return {
    tell: (token) => {
      try {
        writeSync(file, `${token}\n`);
        fsyncSync(file);
      } catch {
        throw new Failure(
          `The token could not be written to ${path}. Make another: palisade token admin`,
        );
      } finally {
        closeSync(file);
      }
      return [
        "The ADMIN's API token is in the file",
        '',
        `  ${path}`,
        '',
        'Read it, keep it somewhere safe, and delete the file.',
        '',
        `  export PALISADE_TOKEN="$(cat ${JSON.stringify(path)})"`,
        '',
      ];
    },
    giveUp: () => {
      closeSync(file);
      rmSync(path);
    },
  };
}
