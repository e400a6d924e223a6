import type { Catalogue } from '../../protocol/catalogue';
import { describeMethods } from '../compression/registry';
import { describeTokenizers } from '../data/tokenizers/registry';
import { describeExportFormats } from '../export/registry';
import { optimizers } from '../kernels/optimizer/registry';
import { models } from '../models/registry';
import { describeSchedules } from '../schedules/registry';
import { defaultSpecification } from './specification';

/** What the registries hold, for whoever draws or lists it. */
export function catalogue(): Catalogue {
  const described = ({ id, label, help }: { id: string; label: string; help: string }) => ({ id, label, help });
  return {
    schedules: describeSchedules(),
    methods: describeMethods(),
    models: models.map(described),
    optimizers: optimizers.map(described),
    tokenizers: describeTokenizers(),
    exportFormats: describeExportFormats(),
    defaultSpecification,
  };
}
