'use client';
// The keys of a telephone, and one that takes the last digit back.
import { Delete } from 'lucide-react';
import { Button } from '@/components/ui/button';

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '+', '0'];

interface KeysProps {
  readonly label: string;
  readonly erase: string;
  readonly onPress: (key: string) => void;
  readonly onErase: () => void;
}

export function Keys({ label, erase, onPress, onErase }: KeysProps) {
  return (
    <fieldset aria-label={label} className="grid grid-cols-3 gap-2">
      {KEYS.map((key) => (
        <Button key={key} onClick={() => onPress(key)} className="num min-h-13 text-[20px]">
          {key}
        </Button>
      ))}
      <Button aria-label={erase} onClick={onErase} className="min-h-13">
        <Delete aria-hidden="true" className="size-5" />
      </Button>
    </fieldset>
  );
}
