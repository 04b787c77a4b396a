import { asProblem } from '../../api/problem.ts';
import { send } from '../../api/send.ts';
import { tellProblem } from '../../ui/toast.tsx';

/** Fetches an answer and has the browser save it as a file; a refusal is told. */
export async function saveAnswer(address: string, accept: string, fileName: string): Promise<void> {
  try {
    const answer = await send(new Request(`${location.origin}${address}`, { headers: { accept } }));
    const url = URL.createObjectURL(await answer.blob());
    const link = document.createElement('a');
    link.href = url;
    link.download = fileName;
    link.click();
    URL.revokeObjectURL(url);
  } catch (error) {
    tellProblem(asProblem(error));
  }
}
