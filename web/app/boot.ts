import '../ui/styles.css';

// The mark is painted before the application keeps the thread; its files are on their way meanwhile.
const application = () => void import('./main.tsx');
if (document.visibilityState === 'hidden') application();
else requestAnimationFrame(() => setTimeout(application));
