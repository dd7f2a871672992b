'use client';
// What came of the rehearsals: two deployments side by side, each run a mark over time, and below the
// run that was chosen.
import { useState } from 'react';
import { useTexts } from '@/components/language/language';
import { SelectField } from '@/components/ui/fields';
import { catalogue } from '@/lib/catalogue';
import type { KeptRun } from '@/lib/rehearsals/store/rehearsals';
import { compare, talliesOf } from '@/lib/rehearsals/summary';
import { rehearsalsTexts } from '@/lib/text/rehearsals';
import { ResultRow } from './result-row';

const DEPLOYMENTS = [...new Set(catalogue.flatMap(({ deployments }) => deployments))];

export function Results({ runs }: { readonly runs: readonly KeptRun[] }) {
  const { rehearsalsText } = useTexts(rehearsalsTexts);
  const words = rehearsalsText.results;
  const held = [...new Set(runs.map(({ deployment }) => deployment))];
  const names = [...new Set([...DEPLOYMENTS, ...held])];
  const [left, setLeft] = useState<string>(names[0] ?? '');
  const [right, setRight] = useState<string>(names[1] ?? names[0] ?? '');
  const rows = compare(talliesOf(runs), left, right);
  const differing = rows.filter(({ differs }) => differs).length;
  const both = rows.some((row) => row.left && row.right);
  const options = names.map((value) => ({ value, label: value }));
  return (
    <section aria-labelledby="results" className="mt-10">
      <div className="flex flex-wrap items-end justify-between gap-4">
        <div>
          <h2 id="results" className="text-[20px]">
            {words.title}
          </h2>
          <p className="text-[14px] text-soft">{words.lead}</p>
        </div>
        <fieldset className="grid grid-cols-2 gap-2.5">
          <legend className="sr-only">{words.compare}</legend>
          <SelectField
            label={`${rehearsalsText.choose.deployment} 1`}
            value={left}
            options={options}
            onChange={setLeft}
          />
          <SelectField
            label={`${rehearsalsText.choose.deployment} 2`}
            value={right}
            options={options}
            onChange={setRight}
          />
        </fieldset>
      </div>
      {both && (
        <p role="status" className="mt-3 font-medium text-[15px]">
          {words.different(differing)}
        </p>
      )}
      {rows.length === 0 ? (
        <p className="mt-3 flex min-h-[4.25rem] items-center rounded-large border border-line bg-surface px-4 text-[15px] text-soft sm:px-5">
          {words.none}
        </p>
      ) : (
        <ul
          aria-labelledby="results"
          className="mt-3 divide-y divide-line rounded-large border border-line bg-surface"
        >
          {rows.map((row) => (
            <ResultRow key={row.rehearsal} row={row} left={left} right={right} />
          ))}
        </ul>
      )}
    </section>
  );
}
