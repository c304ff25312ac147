export * from './FilterExpression';
