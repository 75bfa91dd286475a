import { MUTATIONS } from './all';
import { mutationResolver } from './resolver';

export const CommandMutations = mutationResolver(MUTATIONS);
