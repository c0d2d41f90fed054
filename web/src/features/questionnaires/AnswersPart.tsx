import { bandOf, isInstrumentId, scaleOf } from '@evenkeel/instruments';
import type { InstrumentId, Scale } from '@evenkeel/instruments';
import type { Questionnaire } from '@evenkeel/journal';
import { useText } from '../../i18n/use-text.ts';
import { answeringPath } from '../../session/questionnaires-contract.ts';
import { LinkButton } from '../../ui/Button.tsx';
import { PagePart, Quiet } from '../../ui/Page.tsx';
import { answerWords } from './answer-words.ts';
import { stepsOf } from './answering.ts';
import { messages } from './messages.ts';
import styles from './Questionnaires.module.css';
import { useWording } from './use-wording.ts';

type AnswersPartProps = {
  readonly said: Questionnaire;
  /** The id of the moment that holds them. */
  readonly entry: string;
};

/** Each question and what was answered, in the words of the form, and the way to change it. */
export function AnswersPart({ said, entry }: AnswersPartProps) {
  const { instrument, version } = said;
  if (!isInstrumentId(instrument) || scaleOf(instrument).version !== version) return <UnknownForm />;
  return <KnownAnswers instrument={instrument} said={said} entry={entry} />;
}

function KnownAnswers({ instrument, said, entry }: AnswersPartProps & { readonly instrument: InstrumentId }) {
  const text = useText();
  const wording = useWording(instrument);
  if (wording === null) return null;
  const given = stepsOf(wording)
    .map(({ group, questions }) => ({
      group,
      questions: questions.filter(({ id }) => Object.hasOwn(said.answers, id)),
    }))
    .filter(({ questions }) => questions.length > 0);
  return (
    <>
      <Range scale={scaleOf(instrument)} total={said.total} />
      <PagePart title={text(messages.given)} note={wording.recall}>
        <dl className={styles.given}>
          {given.flatMap(({ group, questions }) =>
            questions.map((question) => (
              <div key={question.id}>
                <dt>{group === undefined ? question.text : `${group.text}: ${question.text}`}</dt>
                <dd>{answerWords(text, question, said.answers)}</dd>
              </div>
            )),
          )}
        </dl>
        <LinkButton href={answeringPath(instrument, entry)} look="quiet" small>
          {text(messages.changeAnswers)}
        </LinkButton>
      </PagePart>
    </>
  );
}

/** The screening range of the total, where there is one. */
function Range({ scale, total }: { readonly scale: Scale; readonly total: number | null }) {
  const text = useText();
  const band = total === null ? undefined : bandOf(scale, total);
  if (band === undefined) return null;
  return (
    <p className={styles.lead}>
      {text(messages.range, { label: band.label, min: band.min, max: band.max })}{' '}
      {text(messages.notDiagnosis)}
    </p>
  );
}

function UnknownForm() {
  const text = useText();
  return <Quiet>{text(messages.unknownForm)}</Quiet>;
}
