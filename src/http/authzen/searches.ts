import type { QUESTIONS } from '../../questions/long-questions';
import type { Questions } from '../../questions/registry';
import type { SearchAnswer, Sought } from '../../questions/search';
import { noticeOn, toMoment } from './answer';
import type { Asker } from './asker';
import type { JsonObject } from './json';
import { questionText, readPage, sizeOf, toPage, type PageAsked } from './page';
import type { PageTokens } from './page-token';
import { readSearch, type Search, type SearchKind } from './search';

export interface SearchParts {
  readonly questions: Questions<typeof QUESTIONS>;
  readonly tokens: PageTokens;
}

const NOTHING = { names: [], total: 0, hidden: 0, next: null } as const;

/** Answers one page of a search. Rejects with AuthzenFault and QuestionFault. */
export async function answerSearch(
  kind: SearchKind,
  asker: Asker,
  body: JsonObject,
  { questions, tokens }: SearchParts,
): Promise<object> {
  const search = readSearch(kind, body);
  const question = questionText(asker.by, kind, search);
  const page = readPage(body['page'], tokens, question);
  const { moment, rulesVersion } = asker.standpoint(search.circumstances).facts;
  const found =
    search.sought === null
      ? { ...NOTHING, moment: page.place?.moment ?? moment, rulesVersion }
      : await find(asker, search, search.sought, page, questions);
  return {
    page: toPage(page, found, tokens, question),
    context: {
      moment: toMoment(found.moment),
      rulesVersion: found.rulesVersion,
      hiddenCount: kind === 'action' ? undefined : found.hidden,
      notice: noticeOn(search.action),
    },
    results: found.names.map((name) =>
      kind === 'action' ? { name } : { type: search.type, id: name },
    ),
  };
}

function find(
  { by }: Asker,
  { circumstances }: Search,
  sought: Sought,
  page: PageAsked,
  questions: SearchParts['questions'],
): Promise<SearchAnswer> {
  const { organizationId, userId, scopes } = by;
  const { place } = page;
  return questions.ask(
    'search',
    { organizationId, userId, scopes },
    {
      sought,
      at: place === null ? { asOf: circumstances.asOf } : { moment: place.moment },
      after: place?.after ?? 0,
      limit: sizeOf(page),
    },
  );
}
