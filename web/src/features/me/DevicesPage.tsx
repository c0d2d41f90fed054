import { useLingui } from '@lingui/react';
import Laptop from 'lucide-react/icons/laptop';
import Plus from 'lucide-react/icons/plus';
import { useState } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { dayAndMonth, nearMoment } from '../../i18n/short-dates.ts';
import { useMe, useMeState } from '../../session/me-context.tsx';
import type { DeviceRemoval, KnownDevice } from '../../session/me-contract.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Banner } from '../../ui/Banner.tsx';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Confirm, Sheet } from '../../ui/Dialog.tsx';
import { Page } from '../../ui/Page.tsx';
import { Row, RowButton } from '../../ui/Row.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { messages } from './messages.ts';
import styles from './Me.module.css';

export function DevicesPage({ base, onBack }: { readonly base: string; readonly onBack: () => void }) {
  const text = useText();
  const { i18n } = useLingui();
  const me = useMe();
  const { known, devices } = useMeState();
  const [chosen, setChosen] = useState<KnownDevice | null>(null);
  const [removing, setRemoving] = useState<KnownDevice | null>(null);
  const [removal, setRemoval] = useState<DeviceRemoval>('told');

  const remove = async (device: KnownDevice) => {
    setRemoval(await me.removeDevice(device.dev));
    setRemoving(null);
  };
  const deviceWords = (device: KnownDevice): string => {
    if (device.removedAt !== null)
      return text(messages.removedOn, { date: dayAndMonth(i18n, device.removedAt) });
    const added = text(messages.addedOn, { date: dayAndMonth(i18n, device.addedAt) });
    if (device.isThis) return added;
    const heard =
      device.lastHeardAt === null
        ? text(messages.neverHeard)
        : text(messages.lastHeard, { when: nearMoment(i18n, device.lastHeardAt) });
    return `${added} · ${heard}${device.wasThis ? ` · ${text(messages.wasThisDevice)}` : ''}`;
  };
  return (
    <Page title={text(messages.devices)} onBack={onBack} known={known}>
      {removal !== 'told' && (
        <Banner tone="care" live>
          {text(removal === 'later' ? messages.removeLater : messages.removeRefused)}
        </Banner>
      )}
      <Card rows as="ul">
        {devices.map((device) => {
          const row = {
            lead: <Laptop aria-hidden />,
            title: device.name,
            detail: deviceWords(device),
          };
          return (
            <li key={device.dev}>
              {device.removedAt !== null ? (
                <Row {...row} />
              ) : (
                <RowButton
                  {...row}
                  {...(device.isThis ? { end: <Badge tone="good">{text(messages.thisDevice)}</Badge> } : {})}
                  onClick={() => setChosen(device)}
                />
              )}
            </li>
          );
        })}
      </Card>
      <LinkButton href={`${base}/devices/add`} look="primary" wide icon={<Plus aria-hidden />}>
        {text(messages.addDevice)}
      </LinkButton>
      <Sheet open={chosen !== null} onClose={() => setChosen(null)} title={text(messages.deviceSheet)}>
        {chosen && (
          <DeviceForm
            device={chosen}
            onName={(name) => void me.renameDevice(chosen.dev, name).then(() => setChosen(null))}
            onRemove={() => {
              setRemoving(chosen);
              setChosen(null);
            }}
          />
        )}
      </Sheet>
      <Confirm
        open={removing !== null}
        title={text(messages.removeTitle, { name: removing?.name ?? '' })}
        yes={text(messages.removeYes)}
        stop
        onYes={() => removing && void remove(removing)}
        onNo={() => setRemoving(null)}
      >
        <p>{text(messages.removeText)}</p>
        <p>{text(messages.removeHolds)}</p>
      </Confirm>
    </Page>
  );
}

type DeviceFormProps = {
  readonly device: KnownDevice;
  readonly onName: (name: string) => void;
  readonly onRemove: () => void;
};

function DeviceForm({ device, onName, onRemove }: DeviceFormProps) {
  const text = useText();
  const [name, setName] = useState(device.name);
  return (
    <form
      className={styles.stack}
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '') onName(name.trim());
      }}
    >
      <TextField label={text(messages.deviceName)} value={name} onChange={setName} maxLength={60} />
      <Button look="primary" wide type="submit" disabled={name.trim() === '' || name.trim() === device.name}>
        {text(messages.saveName)}
      </Button>
      {!device.isThis && (
        <Button look="stop" wide onClick={onRemove}>
          {text(messages.remove)}
        </Button>
      )}
    </form>
  );
}
