// Wechaty logs by itself what these tests provoke; only its errors are of interest.
process.env.WECHATY_LOG ??= 'error';
