'use client';
// Asks for a room, to find out why no agent joined it.
import Form from 'next/form';
import { useId } from 'react';
import { useMessages } from '@/components/language/language';
import { Button } from '@/components/ui/button';
import { doctorMessages } from '@/lib/messages/doctor';

export function WhyForm({ room }: { readonly room: string | undefined }) {
  const { doctorText } = useMessages(doctorMessages);
  const id = useId();
  const { label, placeholder, button } = doctorText.ask;
  return (
    <Form action="/doctor" className="mt-3 flex flex-wrap items-end gap-2">
      <div className="min-w-0 flex-1 basis-[14rem]">
        <label htmlFor={id} className="block pb-1.5 font-semibold text-[15px]">
          {label}
        </label>
        <input
          id={id}
          name="room"
          defaultValue={room}
          required
          maxLength={256}
          autoComplete="off"
          spellCheck={false}
          placeholder={placeholder}
          className="num min-h-11 w-full rounded-mid border border-edge bg-raised px-3.5 text-[14px] text-ink placeholder:text-soft"
        />
      </div>
      <Button type="submit" variant="secondary">
        {button}
      </Button>
    </Form>
  );
}
