import type { LoadReply, LoadRequest, Target } from './messages';
import { askAll, load, requestsTo } from './requests';

/** The process that loads servers, on a core of its own. It ends with its parent. */
let aims: readonly { readonly target: Target; readonly requests: readonly Buffer[] }[] = [];

async function answer(request: LoadRequest): Promise<LoadReply> {
  switch (request.kind) {
    case 'ASK_ALL':
      return { kind: 'ANSWERS', answers: await askAll(request.target) };
    case 'AIM':
      aims = request.targets.map((target) => ({ target, requests: requestsTo(target) }));
      return { kind: 'AIMED' };
    case 'LOAD': {
      const aim = aims[request.target];
      if (aim === undefined) throw new RangeError('no such target');
      const measured = await load(aim.target.port, aim.requests, request.ms);
      return { kind: 'LOADED', ...measured };
    }
  }
}

process.on('message', (request: LoadRequest) => {
  void answer(request).then((reply) => process.send?.(reply));
});
process.on('disconnect', () => process.exit());
