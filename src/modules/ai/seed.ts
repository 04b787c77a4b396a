import { type Batch, batch, keyed, naturalId, type Office, pick, times } from '../seeding/index.ts';

const TOOLS = [
  ['Assistant', 'CHATBOT', 'FREE', 'Answers questions about your own leads, listings and calendar.'],
  ['Lead Analyst', 'ANALYSIS', 'STARTER', 'Explains why a lead is hot or cold and what to do next.'],
  ['Follow-up Writer', 'AUTOMATION', 'STARTER', 'Drafts the next message to a contact in your tone.'],
  ['Market Reader', 'ANALYSIS', 'GROWTH', 'Turns market figures of an area into a paragraph for clients.'],
  ['Inbox Link', 'INTEGRATION', 'GROWTH', 'Files incoming mail with the right contact and deal.'],
  ['Portfolio Adviser', 'ANALYSIS', 'ELITE', 'Compares the homes an investor holds and points out outliers.'],
] as const;

const EXAMPLES = [
  [
    'REAL_ESTATE',
    'I want to sell but do not know what my house is worth.',
    'I can send you a price range from recent sales nearby. Which address is it, and how many bedrooms?',
    'valuation',
    'price range',
    0.62,
  ],
  [
    'REAL_ESTATE',
    'Is the house on the corner still available?',
    'Yes. It can be seen on Thursday at four or Saturday at ten. Which suits you?',
    'viewing',
    'appointment',
    0.74,
  ],
  [
    'REAL_ESTATE',
    'We rent now and wonder if we can afford to buy.',
    'Let us look at your budget first: what rent do you pay, and how much have you saved?',
    'affordability',
    'pre-qualification',
    0.48,
  ],
  [
    'REAL_ESTATE',
    'Your competitor charges less.',
    'Some do. May I show you what is included, and what sellers got for similar homes?',
    'objection',
    'comparison',
    0.31,
  ],
  [
    'HEALTHCARE',
    'Can I move my appointment to next week?',
    'Of course. Tuesday at nine and Friday at two are free.',
    'rescheduling',
    'appointment',
    0.8,
  ],
  [
    'PLATFORM',
    'Does it work with my calendar?',
    'Yes, appointments go both ways. Which calendar do you use?',
    'integration',
    'set-up call',
    0.55,
  ],
] as const;

/** Built-in AI tools and the examples that the website chatbot looks up. */
export function aiPlatformRows(): Batch[] {
  return [
    batch(
      'ai_tools',
      TOOLS.map(([name, type, tier, description]) => ({
        id: naturalId('ai-tool', name),
        name,
        description,
        tool_type: type,
        required_tier: tier,
        configuration: { temperature: 0.3 },
        is_active: true,
      })),
    ),
    batch(
      'example_conversations',
      EXAMPLES.map(([industry, question, answer, problem, solution, score]) => ({
        id: naturalId('example', question),
        industry,
        user_input: question,
        assistant_response: answer,
        problem_type: problem,
        solution_type: solution,
        outcome: score > 0.5 ? 'booked' : 'continued',
        conversion_score: score,
        embedding: [],
      })),
    ),
  ];
}

/** Conversations of members with the assistant, and of visitors with the website chatbot. */
export function aiRows(office: Office): Batch[] {
  const { calendar, members } = office;
  return [
    batch(
      'ai_conversations',
      [members.owner, ...members.agents].map((user, i) => ({
        ...keyed(office, 'ai-conversation', i),
        user_id: user,
        title: pick(
          [
            'Plan for Saturday',
            'Price for the corner house',
            'Mail to a hesitant buyer',
            'Questions for the lender',
          ],
          i,
        ),
        context_type: 'GENERAL',
        context_id: null,
        ai_model: pick(['OPENAI_GPT4', 'CLAUDE_SONNET', 'GEMINI'], i),
        conversation_data: [
          {
            role: 'user',
            content: 'Which three leads should I call first?',
            at: calendar.at(-i - 1, 9),
            tokens: 9,
          },
          {
            role: 'assistant',
            content: 'Start with the two that asked for a viewing, then the one whose lease ends.',
            at: calendar.at(-i - 1, 9, 1),
            tokens: 21,
          },
        ],
        usage_tokens: 30,
        is_archived: false,
        created_at: calendar.at(-i - 1, 9),
      })),
    ),
    batch(
      'conversations',
      times(10, (i) => {
        const [, question, answer, problem, solution, score] = pick(EXAMPLES.slice(0, 4), i);
        return {
          ...keyed(office, 'conversation', i),
          industry: 'REAL_ESTATE',
          session_id: `visit-${i}`,
          user_message: question,
          assistant_response: answer,
          problem_detected: problem,
          solution_presented: solution,
          conversation_stage: pick(['greeting', 'discovery', 'booking'], i),
          outcome: i % 3 === 2 ? 'booked' : 'open',
          conversion_score: score,
          booking_completed: i % 3 === 2,
          response_time_ms: 600 + i * 70,
          user_satisfaction: i % 4 === 0 ? null : 3 + (i % 3),
          embedding: [],
          created_at: calendar.at(-i, 20),
        };
      }),
    ),
  ];
}
