/* global GraphiQL, React, ReactDOM, document */

const firstQuery = `# Put your API token into the headers below:
#   { "authorization": "Bearer plsd_…" }
{
  viewer {
    __typename
  }
}
`;

ReactDOM.createRoot(document.getElementById('explorer')).render(
  React.createElement(GraphiQL, {
    fetcher: GraphiQL.createFetcher({ url: '/graphql' }),
    defaultEditorToolsVisibility: 'headers',
    defaultQuery: firstQuery,
    // A token must not stay behind in the browser.
    shouldPersistHeaders: false,
  }),
);
