'use client';
// Charts as tables: for whoever reads better than they see shapes, and for exact values.
import { Table2 } from 'lucide-react';
import { useTexts } from '@/components/language/language';
import { Button } from '@/components/ui/button';
import { agentsTexts } from '@/lib/text/agents';

interface TableSwitchProps {
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
}

export function TableSwitch({ on, onChange }: TableSwitchProps) {
  const { agentsText } = useTexts(agentsTexts);
  return (
    <Button
      role="switch"
      aria-checked={on}
      look={on ? 'ink' : 'plain'}
      onClick={() => onChange(!on)}
    >
      <Table2 aria-hidden="true" className="size-[18px]" />
      {agentsText.asTable}
    </Button>
  );
}
