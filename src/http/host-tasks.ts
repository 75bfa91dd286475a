/** What whoever holds the host may ask a running server for. Rejects with HostRefusal. */
export interface HostTasks {
  /** Makes a token for an ADMIN: of this slug's organization, of this id; both may be left out. */
  readonly adminToken: (choice: AdminChoice) => Promise<AdminToken>;
  /** Makes the installation's own token; the one before is good for nothing then. */
  readonly installationToken: () => Promise<{ readonly token: string }>;
  /** Goes over to rebuilt views. */
  readonly adoptViews: (choice: ViewsChoice) => Promise<object>;
}

export interface ViewsChoice {
  readonly viewsNumber: number;
}

export interface AdminChoice {
  readonly organization?: string | undefined;
  readonly member?: string | undefined;
}

export interface AdminToken {
  readonly organizationId: string;
  readonly userId: string;
  readonly tokenId: string;
  readonly token: string;
}

/** Why a task of the host is not done; the message is for whoever asked. */
export class HostRefusal extends Error {
  override readonly name = 'HostRefusal';
}

export const TASK_PATHS = {
  adminToken: '/admin-token',
  installationToken: '/installation-token',
  adoptViews: '/adopt-views',
} as const satisfies Record<keyof HostTasks, string>;
