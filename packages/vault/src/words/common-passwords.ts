/**
 * What people choose again and again, in our own selection: the heads of every published list of leaked
 * passwords, phrases of fifteen characters and more that stand in them, and this app's own words. Longer ones
 * first, so that a longer one is found before its parts.
 */
export const COMMON_PASSWORDS: readonly string[] = [
  'correcthorsebatterystaple', 'tobeornottobethatisthequestion', 'maytheforcebewithyou', 'thequickbrownfox', 'qwertyuiopasdfghjkl',
  'letmeinletmein', 'passwordpassword', 'mypasswordis', 'thisismypassword', 'iloveyousomuch', 'iloveyouforever',
  'onceuponatime', 'manchesterunited', 'liverpoolfc', 'youllneverwalkalone', 'godsavetheking', 'godsavethequeen',
  'changeme', 'trustno1', 'password', 'passwort', 'passphrase', 'motdepasse', 'iloveyou', 'sunshine', 'princess', 'football',
  'baseball', 'superman', 'starwars', 'whatever', 'computer', 'internet', 'samantha', 'jennifer', 'michelle', 'charlie',
  'liverpool', 'chelsea', 'arsenal', 'everton', 'rangers', 'celtic', 'welcome', 'letmein', 'dragon', 'monkey', 'master',
  'shadow', 'michael', 'jessica', 'ashley', 'daniel', 'thomas', 'jordan', 'hunter', 'killer', 'pepper', 'ginger', 'summer',
  'winter', 'spring', 'autumn', 'secret', 'batman', 'pokemon', 'naruto', 'minecraft', 'fortnite', 'freedom', 'cheese',
  'cookie', 'banana', 'purple', 'orange', 'flower', 'lovely', 'loveme', 'hello', 'admin', 'login', 'qwerty', 'qwertz', 'azerty',
  'asdfgh', 'zxcvbn', 'abc123', 'abcdef', '1q2w3e4r', '1qaz2wsx', '123456789', '987654321', '12345678', '123456', '654321',
  '111111', '000000', '112233', '121212', '123123', '666666', '555555', '696969', '777777', '888888', 'evenkeel', 'diary',
  'journal', 'mood', 'london', 'england', 'scotland', 'ireland', 'wales', 'january', 'february', 'march', 'april', 'june', 'july',
  'august', 'september', 'october', 'november', 'december', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday',
  'saturday', 'sunday',
];
