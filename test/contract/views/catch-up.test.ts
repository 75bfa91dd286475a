import type { DomainEvent } from '../../../src/domain/event';
import { TeamUpdated } from '../../../src/domain/team/events';
import { StorageFault } from '../../../src/ledger/errors';
import type { LedgerReader } from '../../../src/ledger/types';
import { catchUp, ViewsAhead, ViewsForked } from '../../../src/views/catch-up';
import { digestViews } from '../../../src/views/digest';
import { viewsPath } from '../../../src/views/files';
import { openViewsFile } from '../../../src/views/open';
import { Projector } from '../../../src/views/projector';
import { smallWorld } from '../../support/views/small-world';
import { MIGRATIONS, ViewsFiles, type TestOrganization } from '../../support/views/views-files';

let files: ViewsFiles;
let organization: TestOrganization;
let made: ReturnType<typeof smallWorld>;

beforeEach(() => {
  files = new ViewsFiles();
  organization = files.organization();
  made = smallWorld(files, organization);
});
afterEach(() => files.close());

const rename = (name: string): DomainEvent =>
  TeamUpdated.make({ teamId: made.ids.teamId }, { name });

function emptyViews(number: number) {
  return openViewsFile(viewsPath(files.folder, number), { migrations: MIGRATIONS });
}

describe('catching up', () => {
  test('projects what was appended meanwhile, in both ledgers of every organization', () => {
    const second = files.organization();
    files.record(organization, made.events);
    files.append(second, smallWorld(files, second).events);
    files.append(organization, [rename('Later')]);
    files.writer.catchUp();
    const fresh = emptyViews(2);
    catchUp(new Projector(fresh), files.reader);
    expect(digestViews(fresh)).toEqual(digestViews(files.viewsFile));
    expect(files.queries().get(second.id, 'organization', second.id)).toBeDefined();
    fresh.close();
  });

  test('tells how far it is, page by page', () => {
    const renames = Array.from({ length: 2500 }, (_, index) => rename(`Team ${index}`));
    files.append(organization, [...made.events, ...renames]);
    const fresh = emptyViews(2);
    const seen: (readonly [number, number])[] = [];
    catchUp(new Projector(fresh), files.reader, ({ done, total }) => seen.push([done, total]));
    const total = made.events.length + 2500;
    expect(seen).toEqual([...[1000, 2000, total - 1, total].map((done) => [done, total] as const)]);
    fresh.close();
  });

  test('does nothing when there is nothing', () => {
    files.record(organization, made.events);
    const before = digestViews(files.viewsFile);
    files.writer.catchUp();
    expect(digestViews(files.viewsFile)).toEqual(before);
  });

  test('goes on where an interrupted one stopped', () => {
    const renames = Array.from({ length: 1500 }, (_, index) => rename(`Team ${index}`));
    files.append(organization, [...made.events, ...renames]);
    const fresh = emptyViews(2);
    const stop = new Error('stop');
    const attempt = () =>
      catchUp(new Projector(fresh), files.reader, ({ done }) => {
        if (done === 1000) throw stop;
      });
    expect(attempt).toThrow(stop);
    catchUp(new Projector(fresh), files.reader);
    files.writer.catchUp();
    expect(digestViews(fresh)).toEqual(digestViews(files.viewsFile));
    fresh.close();
  });

  test('stops at an event that this program does not know, and leaves no half page', () => {
    files.record(organization, made.events);
    const before = digestViews(files.viewsFile);
    files.append(organization, [rename('Known')]);
    files.ledger.begin();
    files.ledger.append(
      { organization: organization.number, kind: 'ACCESS' },
      [{ type: 'TeamPainted', schemaVersion: 1, data: { teamId: made.ids.teamId } }],
      {
        ...{ actor: { kind: 'HOST', id: 'host', roles: [] }, correlationId: 'test' },
        recordedAt: files.now,
      },
    );
    files.ledger.commit();
    expect(() => files.writer.catchUp()).toThrow('unknown event TeamPainted');
    expect(digestViews(files.viewsFile)).toEqual(before);
  });

  test('refuses views that are ahead of their ledger', () => {
    files.record(organization, [...made.events, rename('Last')]);
    const cut: LedgerReader = {
      ...reading(),
      head: (ref) => ({ ...files.reader.head(ref), position: 5 }),
      event: (ref, position) => (position > 5 ? undefined : files.reader.event(ref, position)),
    };
    expect(() => catchUp(new Projector(files.viewsFile), cut)).toThrow(ViewsAhead);
  });

  test('refuses views of an organization that the ledger does not know', () => {
    files.record(organization, made.events);
    const none: LedgerReader = { ...reading(), organizations: () => [] };
    expect(() => catchUp(new Projector(files.viewsFile), none)).toThrow(ViewsAhead);
  });

  test('refuses views that were made from other events, and changes nothing', () => {
    files.record(organization, made.events);
    const other = new ViewsFiles();
    other.organization(organization.id);
    other.append(organization, [...made.events, rename('Fork')]);
    const before = digestViews(files.viewsFile);
    const projector = new Projector(files.viewsFile);
    expect(() => catchUp(projector, other.reader)).toThrow(ViewsForked);
    expect(digestViews(files.viewsFile)).toEqual(before);
    other.close();
  });

  function reading(): LedgerReader {
    const { reader } = files;
    return {
      organizations: () => reader.organizations(),
      organization: (id) => reader.organization(id),
      head: (ref) => reader.head(ref),
      page: (ref, from, limit) => reader.page(ref, from, limit),
      event: (ref, position) => reader.event(ref, position),
      events: (ref, positions) => reader.events(ref, positions),
      positionAt: (ref, instant) => reader.positionAt(ref, instant),
      evidence: (ref, from, limit) => reader.evidence(ref, from, limit),
    };
  }
});

describe('the projector', () => {
  test('takes events only in their order', () => {
    const stored = files.append(organization, made.events);
    const ref = { organization: organization.number, kind: 'ACCESS' } as const;
    const projector = new Projector(files.viewsFile);
    projector.begin();
    expect(() => projector.apply(ref, organization.id, stored[1]![1])).toThrow(StorageFault);
    projector.rollback();
    projector.begin();
    projector.apply(ref, organization.id, stored[0]![1]);
    expect(() => projector.apply(ref, organization.id, stored[0]![1])).toThrow(StorageFault);
    projector.rollback();
  });

  test('after a rollback neither file nor memory remember anything', () => {
    files.record(organization, made.events.slice(0, 4));
    const before = digestViews(files.viewsFile);
    const stored = files.append(organization, made.events.slice(4));
    const project = (): void => {
      files.writer.begin();
      for (const [kind, event] of stored) {
        files.writer.apply(organization.number, organization.id, kind, [event]);
      }
    };
    project();
    files.writer.rollback();
    expect(digestViews(files.viewsFile)).toEqual(before);
    const { number, id } = organization;
    expect(
      files.writer.world(number, id, files.now)?.get('queue', made.ids.queueId),
    ).toBeUndefined();
    project();
    files.writer.commit();
    const fresh = emptyViews(2);
    catchUp(new Projector(fresh), files.reader);
    expect(digestViews(files.viewsFile)).toEqual(digestViews(fresh));
    fresh.close();
  });

  test('refuses a name that another entity has, and nothing of its batch stays', () => {
    files.record(organization, made.events);
    const before = digestViews(files.viewsFile);
    const [created] = made.events.filter(({ type }) => type === 'TeamCreated');
    const data = { ...created!.data, teamId: files.newId('tea') };
    expect(() => files.record(organization, [rename('First'), { ...created!, data }])).toThrow(
      StorageFault,
    );
    files.writer.rollback();
    expect(digestViews(files.viewsFile)).toEqual(before);
  });
});
