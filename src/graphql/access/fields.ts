import { FieldResolver, Resolver, Root } from 'type-graphql';
import type { EntityKind, Versioned } from '../../domain/entity';
import { Node } from '../node/node';
import { AccessActionType } from './action-types';
import { AccessActionDifferenceType, AccessCauseType, AccessEndType } from './difference-types';
import { AccessMissingType } from './missing-types';
import { AccessResourceType } from './resource-types';
import { AccessFindingType } from './review-types';
import { AccessSubjectType } from './subject-types';
import { AccessDecisionType, ReasonType } from './types';
import { AccessWaysType } from './ways-types';

/* What costs something is worked out here, and so only where it is selected. */

@Resolver(() => AccessDecisionType)
export class AccessDecisionFields {
  @FieldResolver(() => [ReasonType])
  reasons(@Root() { reasons }: AccessDecisionType): readonly ReasonType[] {
    return reasons();
  }

  @FieldResolver(() => AccessMissingType)
  missing(@Root() { missing }: AccessDecisionType): Promise<AccessMissingType | null> | null {
    return missing();
  }
}

@Resolver(() => AccessActionType)
export class AccessActionFields {
  @FieldResolver(() => [ReasonType])
  reasons(@Root() { reasons }: AccessActionType): readonly ReasonType[] {
    return reasons();
  }
}

@Resolver(() => AccessSubjectType)
export class AccessSubjectFields {
  @FieldResolver(() => Node)
  subject(@Root() { subject }: AccessSubjectType): Versioned<EntityKind> | null {
    return subject();
  }

  @FieldResolver(() => [ReasonType])
  reasons(@Root() { reasons }: AccessSubjectType): readonly ReasonType[] {
    return reasons();
  }

  @FieldResolver(() => AccessWaysType)
  ways(@Root() { ways }: AccessSubjectType): Promise<AccessWaysType> {
    return ways();
  }
}

@Resolver(() => AccessResourceType)
export class AccessResourceFields {
  @FieldResolver(() => Node)
  resource(@Root() { resource }: AccessResourceType): Versioned<EntityKind> | null {
    return resource();
  }

  @FieldResolver(() => [ReasonType])
  reasons(@Root() { reasons }: AccessResourceType): readonly ReasonType[] {
    return reasons();
  }
}

@Resolver(() => AccessFindingType)
export class AccessFindingFields {
  @FieldResolver(() => Node)
  node(@Root() { node }: AccessFindingType): Versioned<EntityKind> | null {
    return node();
  }
}

@Resolver(() => AccessEndType)
export class AccessEndFields {
  @FieldResolver(() => Node)
  node(@Root() { node }: AccessEndType): Versioned<EntityKind> | null {
    return node();
  }
}

@Resolver(() => AccessActionDifferenceType)
export class AccessActionDifferenceFields {
  @FieldResolver(() => ReasonType)
  reason(@Root() { reason }: AccessActionDifferenceType): ReasonType | null {
    return reason();
  }

  @FieldResolver(() => [AccessCauseType])
  causes(@Root() { causes }: AccessActionDifferenceType): readonly AccessCauseType[] {
    return causes();
  }
}
