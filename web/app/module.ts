import type { LucideIcon } from 'lucide-react';
import type { ComponentType } from 'react';
import type { Offer } from '../ui/offer-card.tsx';

/** A page of a module, loaded when it is opened. */
export interface ModulePage {
  /** Below the organization: `contacts/$contactId`. */
  readonly path: string;
  /** Its file exports the page as `Page`. */
  readonly load: () => Promise<{ readonly Page: ComponentType }>;
  /** Who may open it, such as `crm:read`. */
  readonly permission?: string;
  /** A feature of the plan without which it shows what it would give. */
  readonly feature?: string;
}

export interface NavigationItem {
  readonly label: string;
  readonly path: string;
  readonly icon: LucideIcon;
  readonly permission?: string;
  /** Where it stands: daily work, the data as such, or the organization’s own affairs. */
  readonly group: 'work' | 'data' | 'organization';
  /** Its place in the group, smaller first. */
  readonly order: number;
}

/** Something the command palette offers, besides the pages. */
export interface Command {
  readonly label: string;
  readonly path: string;
  readonly icon: LucideIcon;
  readonly permission?: string;
}

/** Records that the command palette finds by their names. */
export interface Finder {
  readonly label: string;
  readonly icon: LucideIcon;
  readonly collection: string;
  readonly permission: string;
  /** Fields that are read, beside the id. */
  readonly fields: readonly string[];
  readonly title: (row: Readonly<Record<string, unknown>>) => string;
  readonly note?: (row: Readonly<Record<string, unknown>>) => string;
  readonly path: (row: Readonly<Record<string, unknown>>) => string;
}

/** A panel of the dashboard; its file exports it as `Panel`. */
export interface DashboardPanel {
  readonly order: number;
  /** How much of the dashboard’s width it takes. */
  readonly width: 'half' | 'full';
  readonly permission?: string;
  readonly load: () => Promise<{ readonly Panel: ComponentType }>;
}

/** The web side of a business module: what it adds to the application. Its `module.ts` exports it as `module`; what other modules may use stands in its `index.ts`. */
export interface WebModule {
  /** As in `src/modules`. */
  readonly name: string;
  readonly navigation: readonly NavigationItem[];
  readonly pages: readonly ModulePage[];
  readonly commands?: readonly Command[];
  readonly finders?: readonly Finder[];
  readonly panels?: readonly DashboardPanel[];
  readonly offers?: readonly Offer[];
}
