'use client';
// The attribute conditions of a rule: rows of a name and a pattern.
import { Plus, X } from 'lucide-react';
import { useRef } from 'react';
import { flushSync } from 'react-dom';
import { useMessages } from '@/components/language/language';
import { Button } from '@/components/ui/button';
import { FieldGroup, TextField } from '@/components/ui/fields';
import { rulesMessages } from '@/lib/messages/rules';
import type { Draft } from './draft';

interface AttributeFieldsProps {
  readonly attributes: Draft['attributes'];
  readonly onChange: (attributes: Draft['attributes']) => void;
  /** Errors by field. */
  readonly errorOf: (field: string) => string | undefined;
}

export function AttributeFields({ attributes, onChange, errorOf }: AttributeFieldsProps) {
  const texts = useMessages(rulesMessages).rulesText.form;
  const group = useRef<HTMLDivElement>(null);
  const add = useRef<HTMLButtonElement>(null);
  const change = (id: number, field: 'name' | 'value', value: string) =>
    onChange(attributes.map((row) => (row.id === id ? { ...row, [field]: value } : row)));
  const addRow = () => {
    const id = Math.max(-1, ...attributes.map((row) => row.id)) + 1;
    flushSync(() => onChange([...attributes, { id, name: '', value: '' }]));
    group.current?.querySelector<HTMLInputElement>('[data-row]:last-of-type input')?.focus();
  };
  const remove = (id: number) => {
    onChange(attributes.filter((row) => row.id !== id));
    add.current?.focus();
  };
  return (
    <FieldGroup title={texts.attributes} error={errorOf('if/attributes')} small>
      <div ref={group} className="grid gap-2 empty:hidden">
        {attributes.map(({ id, name, value }) => (
          <div
            key={id}
            data-row=""
            className="grid grid-cols-[1fr_auto] items-start gap-2 sm:grid-cols-[1fr_1fr_auto]"
          >
            <TextField
              label={texts.attributeName}
              labelHidden
              code
              placeholder={texts.attributeName}
              value={name}
              error={errorOf(`attributes/${id}/name`)}
              onChange={(next) => change(id, 'name', next)}
            />
            <TextField
              label={texts.attributeValue}
              labelHidden
              code
              className="row-start-2 sm:col-start-2 sm:row-start-1"
              placeholder={texts.attributeValue}
              value={value}
              error={errorOf(`attributes/${id}/value`)}
              onChange={(next) => change(id, 'value', next)}
            />
            <Button
              aria-label={`${texts.removeAttribute} ${name}`.trim()}
              className="col-start-2 row-start-1 w-11 px-0! sm:col-start-3"
              onClick={() => remove(id)}
            >
              <X aria-hidden="true" className="size-5" />
            </Button>
          </div>
        ))}
      </div>
      <Button ref={add} className="w-fit" onClick={addRow}>
        <Plus aria-hidden="true" className="size-5" />
        {texts.addAttribute}
      </Button>
    </FieldGroup>
  );
}
