import { useNavigate, useSearch } from '@tanstack/react-router';
import { type ReactNode, Suspense } from 'react';
import { useModels } from '../../api/models.ts';
import { useOrganization } from '../../api/organization.tsx';
import { classes } from '../../ui/classes.ts';
import { modelTitle, moduleTitle } from '../../ui/names.ts';
import { Page as PageFrame } from '../../ui/page.tsx';
import { PageLink } from '../../ui/page-link.tsx';
import { Select } from '../../ui/select.tsx';
import { Loaded, SkeletonRows } from '../../ui/states.tsx';
import { Diagram } from './diagram.tsx';
import { ModelPanel } from './model-panel.tsx';

/** The schema as a picture: an overview, each module, each model. */
export function Page(): ReactNode {
  const { pathTo } = useOrganization();
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as { module?: string; model?: string };
  const models = useModels();
  const chosen = search.module ?? 'overview';
  const go = (next: { module?: string; model?: string }) =>
    void navigate({ to: '.', search: next as never, resetScroll: false });
  return (
    <PageFrame
      fills
      title="Schema explorer"
      description="Which models there are, how they hang together, and who may do what with them."
    >
      <Loaded of={models}>
        {(loaded) => {
          const modules = [...new Set(loaded.models.map((m) => m.module))];
          const model = loaded.models.find((m) => m.name === search.model);
          const here = loaded.models.filter((m) => m.module === chosen);
          return (
            <div className="flex min-h-0 flex-1 flex-col gap-3">
              <div className="flex flex-wrap items-end gap-2">
                <Select
                  aria-label="Module"
                  value={chosen}
                  onChange={(name) => go({ module: name })}
                  options={[
                    { value: 'overview', label: 'All modules' },
                    ...modules.map((name) => ({ value: name, label: moduleTitle(name) })),
                  ]}
                  className="max-w-56"
                />
                <Select
                  aria-label="Model"
                  value={search.model ?? ''}
                  placeholder="Choose a model"
                  onChange={(name) =>
                    go({ module: loaded.models.find((m) => m.name === name)!.module, model: name })
                  }
                  options={(here.length > 0 ? here : loaded.models).map((m) => ({
                    value: m.name,
                    label: modelTitle(m.name),
                  }))}
                  className="max-w-64"
                />
                <PageLink to={pathTo('isolation')} className="ml-auto text-accent underline">
                  How the boundary is proved
                </PageLink>
              </div>
              <div
                className={classes(
                  'grid min-h-0 flex-1 gap-3',
                  model && 'lg:grid-cols-[minmax(0,1fr)_26rem]',
                )}
              >
                <div className={classes('min-h-64', model && 'hidden lg:block')}>
                  <Suspense fallback={<SkeletonRows />}>
                    <Diagram
                      name={chosen}
                      chosen={search.model}
                      onModule={(name) => go({ module: name })}
                      onModel={(name) => go({ module: chosen, model: name })}
                    />
                  </Suspense>
                </div>
                {model && (
                  <ModelPanel
                    model={model}
                    models={loaded.models}
                    onModel={(name) =>
                      go({ module: loaded.models.find((m) => m.name === name)!.module, model: name })
                    }
                    onClose={() => go({ module: chosen })}
                  />
                )}
              </div>
            </div>
          );
        }}
      </Loaded>
    </PageFrame>
  );
}
