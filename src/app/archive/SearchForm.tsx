/** What studies are looked for. */

import { Search } from 'lucide-react';
import { useState, type SubmitEvent } from 'react';
import type { StudyQuery } from '../../dicom/web/query';
import * as say from '../../messages/en/archive';
import { Button } from '../ui/Button';
import styles from './Archive.module.css';

const MODALITIES: Readonly<Record<string, readonly string[]>> = { both: ['CR', 'DX'], CR: ['CR'], DX: ['DX'], any: [] };
const NOTHING = { patientId: '', patientName: '', accession: '', from: '', to: '', modality: 'both' };

interface SearchFormProps {
  readonly busy: boolean;
  readonly onSearch: (query: StudyQuery) => void;
  readonly onStop: () => void;
}

export function SearchForm({ busy, onSearch, onStop }: SearchFormProps) {
  const [fields, setFields] = useState(NOTHING);
  const field = (name: keyof typeof NOTHING, label: string, type: 'text' | 'date' = 'text') => (
    <label className={styles.field}>
      <span>{label}</span>
      <input
        className={styles.input}
        type={type}
        value={fields[name]}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => {
          setFields({ ...fields, [name]: event.target.value });
        }}
      />
    </label>
  );
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const { modality, ...rest } = fields;
    onSearch({ ...rest, modalities: MODALITIES[modality] ?? [] });
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      {field('patientId', say.patientId())}
      {field('patientName', say.patientName())}
      {field('accession', say.accession())}
      {field('from', say.from(), 'date')}
      {field('to', say.to(), 'date')}
      <label className={styles.field}>
        <span>{say.modality()}</span>
        <select
          className={styles.input}
          value={fields.modality}
          onChange={(event) => {
            setFields({ ...fields, modality: event.target.value });
          }}
        >
          <option value="both">{say.crOrDx()}</option>
          {['CR', 'DX'].map((code) => (
            <option key={code} value={code}>
              {code}
            </option>
          ))}
          <option value="any">{say.anyModality()}</option>
        </select>
      </label>
      {/* Two buttons, not one that changes: the click which stops would submit what takes its place. */}
      {busy ? (
        <Button key="stop" onClick={onStop}>
          {say.stop()}
        </Button>
      ) : (
        <Button key="search" type="submit" tone="primary" icon={Search}>
          {say.search()}
        </Button>
      )}
    </form>
  );
}
